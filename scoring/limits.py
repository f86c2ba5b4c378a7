"""How large a figure may be: for people, and for the engine's integers."""

# A figure of a unit, in a file, in the form's validation, in a scenario. The largest communes have a few hundred
# thousand people: what is above are two numbers run together, a code or a phone number.
LARGEST_COUNT = 10**7

# A value that the engine scores exactly: × scale × threshold stays far below 2^63. Above LARGEST_COUNT, so that the
# engine promises its exactness by itself, whoever hands it the values.
LARGEST_VALUE = 10**10
