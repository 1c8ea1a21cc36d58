"""What to tell an officer whose list of totals cannot be taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURE_ERRORS: dict[str, str | Promise] = {
    "totals_head": _("The first row has to be: ngay, ma_chi_so, so. Take the empty file."),
    "totals_day": _("Line %(line)s: the day is not one from %(earliest)s until today. Write it as 31/12/2024."),
    "totals_code": _("Line %(line)s: “%(text)s” is no figure that is added up. The codes stand below."),
    "totals_count": _("Line %(line)s: “%(text)s” is no whole number from 0 on."),
    "totals_twice": _("Line %(line)s: this day and figure stand in the list already."),
    "totals_none": _("The list holds no figure."),
    "totals_source": _("Write where the figures were read, for whoever doubts them."),
}
