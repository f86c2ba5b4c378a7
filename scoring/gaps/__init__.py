"""What is missing to be recognised: the smallest sets of improvements, exact, in counts.

A step moves the numerator of one indicator to the least value that reaches a better band; denominators stay. A plan is
a set of steps that recognises the unit and of which no step can be left out or lowered: the total reaches the minimum
of the class, and each criterion that blocks recognition is improved (where the standard lets none be at zero).
"""

from scoring.gaps.focuses import Focus, find_focuses
from scoring.gaps.plans import Fewest, Plan, find_plans
from scoring.gaps.steps import Step, apply_steps, is_enough, list_steps

__all__ = [
    "Fewest",
    "Focus",
    "Plan",
    "Step",
    "apply_steps",
    "find_focuses",
    "find_plans",
    "is_enough",
    "list_steps",
]
