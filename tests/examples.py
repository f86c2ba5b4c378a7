"""How many examples Hypothesis tries: one number a test, scaled by the profile that the run is for.

`dev` (the default, and `run.py check`) tries a fifth, other ones each time, and keeps what failed in `.hypothesis`.
`ci` (`run.py test`) tries all, and always the same ones: what turns red is the change, on every machine, and ten runs
are ten times the same question. `nightly` tries ten times as many new ones: there the search goes on. Choose by
`--hypothesis-profile` or the environment variable `HYPOTHESIS_PROFILE`. No profile has a deadline or minds slow
generation: both measure the machine, not the code.
"""

import os

from hypothesis import HealthCheck, settings

USUAL = 100
_SCALES = {"dev": 0.2, "ci": 1.0, "nightly": 10.0}


def register_profiles() -> None:
    """Make the profiles known to Hypothesis and load the one that the environment names."""
    for name, scale in _SCALES.items():
        settings.register_profile(
            name,
            max_examples=round(USUAL * scale),
            deadline=None,
            derandomize=name == "ci",  # and keeps no database
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def examples(number: int, **others: object) -> settings:
    """Settings of a test of which one example costs more or less than usual: `number` examples in the profile `ci`."""
    return settings(max_examples=max(1, round(number * settings.default.max_examples / USUAL)), **others)
