"""One thread: products stay on it while a report is read, and only then."""

import pytest

from counterclaim.pipeline.one_thread import one_product_thread, product_threads

known = pytest.mark.skipif(
    product_threads() is None, reason="numpy has no OpenBLAS of its own here"
)


@known
def test_products_are_on_one_thread_until_the_last_reading_ends() -> None:
    before = product_threads()
    with one_product_thread():
        assert product_threads() == 1
        with one_product_thread():
            assert product_threads() == 1
        assert product_threads() == 1
    assert product_threads() == before


@known
def test_threads_come_back_after_a_failure() -> None:
    before = product_threads()
    with pytest.raises(ValueError, match="spoilt"), one_product_thread():
        raise ValueError("spoilt")
    assert product_threads() == before
