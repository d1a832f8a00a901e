"""From an OpenStreetMap extract to a ready walking network, beside pyrosm and OSMnx."""
