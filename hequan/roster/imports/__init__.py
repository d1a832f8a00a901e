"""What can be imported into the roster (导入): posts and who holds them."""


def announce() -> None:
    """Register the kinds."""
