from hypothesis import settings

# The same examples every time, however slow the machine: a red test is then red for everybody.
settings.register_profile("orgsim", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("orgsim")
