"""Measures the public page: `python -m bench.web.run`, which `make bench` calls."""

from bench.web.fifteen import main

if __name__ == "__main__":
    main()
