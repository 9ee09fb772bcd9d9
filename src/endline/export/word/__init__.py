"""A report as an editable Word file, every printed figure a field.

Read `figures` (which texts are figures, and their names), `text` (paragraphs), `body` (blocks), `frame` (cover,
contents, pages), `package` (the file), `exporter`; and `read`, `shown`: what a Word file shows.
"""
