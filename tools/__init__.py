"""Build steps of the tree: front-end files and message catalogues."""
