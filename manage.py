"""Django's own door for those who look for it; the same as the `hequan` command."""

from hequan.cli import main

if __name__ == "__main__":
    main()
