"""People and organisations (人员与单位).

So far organisations only: firms, shops, departments, social organisations, owners' committees,
property firms and other bodies, with checked unified social credit codes (统一社会信用代码).
Entry points: queries.organisations_matching, actions.save_organisation, imports.
"""
