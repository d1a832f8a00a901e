"""The board (工作台): pages for town and district offices, station staff and contractors."""
