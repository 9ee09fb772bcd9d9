"""One style for all charts."""

# Okabe & Ito 2008: told apart with any colour vision; symbols and line styles differ as well.
BLUE, ORANGE, GREY, LIGHT = "#0072B2", "#D55E00", "#8A8A8A", "#E3E3E3"
FAMILY = "Noto Sans SC"
POINTS_A_MM = 72 / 25.4
TEXT_WIDTH = 156 * POINTS_A_MM
SIZE, SMALL = 9.0, 8.5  # of text, in points
EDGE = 0.012 * TEXT_WIDTH  # least distance of text from the sides
