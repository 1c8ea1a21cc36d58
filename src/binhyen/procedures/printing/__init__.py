"""Forms and procedures on paper: PDF by typst, DOCX by python-docx; pure functions that keep and log nothing."""
