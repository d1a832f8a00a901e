"""The demo (演示镇): a made-up town, district or city of real size, the same for the same seed.

It feeds the first start, the tests and the benchmarks. Nothing in it is a real place: the names are
invented and every code starts with 99, which no province bears. The plan (`plan`), the streets
(`streets`), the people (`people`) and the stations (`sites`) are arrays made by numpy without a
database; `build` writes them through the actions of the apps. Entry points: build.build_demo,
scale.SCALES.
"""
