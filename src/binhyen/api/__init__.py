"""The door for other systems: a small REST service described by OpenAPI 3.1."""
