"""How long things are kept is counted in plain days and months: no weekend or holiday keeps them longer."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.clock import VIETNAM
from binhyen.core.retention import erased_before, keepings, kept_until

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=VIETNAM))
IN_DAYS = sorted(data for data, keeping in keepings().items() if keeping.keep.unit == "calendar_days")


@given(MOMENTS, st.sampled_from(IN_DAYS))
def test_days_are_days_whatever_the_week_brings(moment, data):
    days = timedelta(days=keepings()[data].keep.value)
    assert kept_until(data, moment) == moment + days
    assert erased_before(data, moment) == moment - days


@given(MOMENTS, st.sampled_from(sorted(keepings())))
def test_what_is_erased_now_was_said_to_be_kept_until_now_or_earlier(now, data):
    assert kept_until(data, erased_before(data, now)) <= now


def test_an_unknown_kind_of_data_is_an_error():
    with pytest.raises(LookupError, match="selfies"):
        kept_until("selfies", datetime(2027, 1, 1, tzinfo=VIETNAM))
