"""self-audit: look back over your own social media before starting work at a school.

Importing this package is cheap: nothing heavy (pandas, python-docx, Jupyter) is loaded until it is used.
"""

__version__ = "0.1.0"
