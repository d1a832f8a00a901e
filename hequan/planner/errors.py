"""What the planner refuses, as values a face can word in its own language.

Each error carries a stable `code` and the `params` that belong to it; `str(error)` is the English
sentence, so that a plain-file command can print it as it is.
"""


class PlannerError(ValueError):
    """Something given to the planner cannot be computed with; nothing was changed."""

    def __init__(self, code: str, sentence: str, /, **params: object) -> None:
        """Keep the code, the values and the English sentence with `{name}` gaps for the values."""
        self.code = code
        self.sentence = sentence
        self.params = params
        super().__init__(sentence.format(**params) if params else sentence)


class NetworkError(PlannerError):
    """A walking network (步行路网) is empty, damaged or not one of ours."""


class CoverageError(PlannerError):
    """A coverage question (可达性问题) holds values that no answer can be given for."""
