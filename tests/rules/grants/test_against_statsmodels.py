"""The calibrated scores are those of the package that statisticians use, to five decimals."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from grants.rules.scoring.calibration import calibrate
from grants.rules.scoring.reviews import Score, panel_of


@pytest.mark.parametrize("seed", range(4))
def test_reml_agrees_with_statsmodels(seed):
    rng = np.random.default_rng(seed)
    leniency = rng.normal(scale=1.5, size=6)
    panel = panel_of(
        Score(f"p{row:02}", f"r{column}", 6 + leniency[column] + float(rng.normal(scale=0.6)))
        for row in range(15)
        for column in sorted({row % 6, (row + 1) % 6, (row + 1 + row % 3) % 6})
    )
    found = calibrate(panel)
    assert found.is_adjusted
    means, leniencies, noise = by_statsmodels(panel)
    assert np.allclose(found.leniency, leniencies, atol=1e-5)
    assert np.allclose(found.scores, means, atol=1e-5)
    assert found.noise == pytest.approx(noise, abs=1e-5)


def by_statsmodels(panel):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows, columns = np.nonzero(panel.given)
        design = np.eye(len(panel.proposals))[rows]
        model = MixedLM(panel.values[rows, columns], design, groups=columns)
        fitted = model.fit(reml=True, method=["bfgs", "powell"], gtol=1e-12, maxiter=2000)
    effects = np.array([float(fitted.random_effects[place].iloc[0]) for place in range(6)])
    return np.asarray(fitted.fe_params), effects, float(fitted.scale)
