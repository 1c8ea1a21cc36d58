"""Police units, their areas, officers, roles and telephone directory."""
