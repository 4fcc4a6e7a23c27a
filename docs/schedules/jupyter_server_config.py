"""For jupyter-scheduler 2.12 (pip install jupyter-scheduler): copy it to ~/.jupyter/jupyter_server_config.py.

A job then offers Briefing beside Notebook and HTML; its page is NAME.briefing.html. A job runs in a plain kernel,
without the fence.
"""

from jupyter_scheduler.environments import CondaEnvironmentManager
from jupyter_scheduler.scheduler import Scheduler


class Environments(CondaEnvironmentManager):
    """What jobs run in; a job there may leave a page."""

    def list_environments(self):
        """Give each, with the format that a page has."""
        environments = super().list_environments()
        for environment in environments:
            environment.output_formats.append("briefing")
        return environments

    def output_formats_mapping(self):
        """Give the formats as readers know them."""
        return super().output_formats_mapping() | {"briefing": "Briefing"}


class BriefingScheduler(Scheduler):
    """Names a page as a browser knows pages."""

    def get_job_filenames(self, model):
        """Give a job's files by format."""
        names = super().get_job_filenames(model)
        return names | ({"briefing": f"{names['briefing']}.html"} if "briefing" in names else {})


c = get_config()  # noqa: F821 - Jupyter's
c.SchedulerApp.environment_manager_class = Environments
c.SchedulerApp.scheduler_class = BriefingScheduler
