"""Rows of this room, one file per noun."""

from binhyen.units.models.areas import Area, AreaKind, DirectoryEntry
from binhyen.units.models.duty import HandOver, Shift
from binhyen.units.models.hours import CalendarDay, OfficeHours
from binhyen.units.models.officers import Membership, Officer, OfficerManager, Role, WrongSignIns
from binhyen.units.models.reorganisation import Reorganisation
from binhyen.units.models.units import Address, FormerAddress, Unit, UnitKind, UnitName

__all__ = [
    "Address",
    "Area",
    "AreaKind",
    "CalendarDay",
    "DirectoryEntry",
    "FormerAddress",
    "HandOver",
    "Membership",
    "OfficeHours",
    "Officer",
    "OfficerManager",
    "Reorganisation",
    "Role",
    "Shift",
    "Unit",
    "UnitKind",
    "UnitName",
    "WrongSignIns",
]
