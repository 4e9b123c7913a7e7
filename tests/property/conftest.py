"""Property tests judge results, never the speed of the machine they run on.

`HYPOTHESIS_PROFILE=thorough` looks at ten times as many examples.
"""

import os

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "no deadline"))
