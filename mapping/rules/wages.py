"""The wage of a cluster in a region, and whether it is the whole truth.

Publishers withhold jobs and pay of a cell each for itself: a cell may show its jobs and hide its
payroll, or the other way round. A wage is payroll for each job over the cells that publish both;
where some publish only one, it is *partial* and never told without saying so.
"""

from dataclasses import dataclass

PARTIAL = "Some cells publish only jobs or only pay; the wage is that of the others."


@dataclass(frozen=True, slots=True)
class Pay:
    """What is published of a cluster's pay in a region.

    Attributes:
        payroll: Annual payroll of all cells, in 1,000 USD.
        reported: Jobs of all published cells; None where they were not counted (engine 1).
        wage_jobs: Jobs of the cells that publish both.
        wage_payroll: Payroll of the same; both None on Bases made before these were counted.
    """

    payroll: int
    reported: int | None
    wage_jobs: int | None
    wage_payroll: int | None

    @property
    def wage(self) -> float | None:
        """USD for each job and year; None where no cell publishes both.

        >>> Pay(9_000, 300, 200, 9_000).wage
        45000.0
        """
        if self.wage_jobs is None or self.wage_payroll is None:
            return self.payroll * 1000 / self.reported if self.reported else None
        return self.wage_payroll * 1000 / self.wage_jobs if self.wage_jobs else None

    @property
    def is_partial(self) -> bool | None:
        """Whether some cells publish only one of the two; None where it was not counted.

        >>> Pay(9_000, 300, 200, 9_000).is_partial, Pay(9_000, 300, 300, 9_000).is_partial
        (True, False)
        """
        if self.wage_jobs is None:
            return None
        return (self.wage_jobs, self.wage_payroll) != (self.reported, self.payroll)
