"""Clock, text, ids, errors and settings: what every room stands on."""
