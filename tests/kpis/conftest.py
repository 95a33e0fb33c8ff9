"""The small company, ready to have its life written."""

import pytest
from company import Company


@pytest.fixture
def company():
    return Company()


@pytest.fixture(scope="session")
def make_company():
    return Company
