"""hequan 核圈: the system a town's neighbourhood service network runs on."""

__version__ = "0.1.0"
