"""One ASGI application: the lean webhook door and live events beside Django's pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhyen.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
