"""What the fork server has at hand: a report finds its fonts there and does not read them again."""

import subprocess
import sys

MAKES_A_PDF = """
import endline.pipeline.warm
from endline.export import PdfExporter, fonts
from tests.unit.export.samples import report

before = fonts.fonts.cache_info().misses
PdfExporter().from_notebook_node(report())
print(before, fonts.fonts.cache_info().misses)
"""


def test_the_fonts_of_a_report_are_read_before_the_fork() -> None:
    run = subprocess.run([sys.executable, "-c", MAKES_A_PDF], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "1"]


def test_a_run_does_without_nbconvert() -> None:
    told = "import endline.pipeline.warm, sys; print('papermill' in sys.modules, 'nbconvert' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "False"]


LOOKS_FOR_PROVISIONERS = """
import endline.pipeline.warm
from jupyter_client.provisioning.factory import KernelProvisionerFactory

print(KernelProvisionerFactory.initialized(), "endline.kernels.provisioners" in __import__("sys").modules)
"""


def test_the_provisioners_of_kernels_are_looked_for_before_the_fork() -> None:
    run = subprocess.run([sys.executable, "-c", LOOKS_FOR_PROVISIONERS], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True"]
