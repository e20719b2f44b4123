"""Launch and source buttons, once it is known where the book lives.

The one place is `repository` in `_config.yml`. While it is empty there are no buttons, since
Jupyter Book's own default would send readers to another project.
"""

import re

ADDRESS = re.compile(r"https://(github|gitlab)\.com/[\w.-]+/[\w.-]+")


def theme_options(address, branch):
    """Return the theme's options for an address; none without one."""
    if not address:
        return {"repository_url": "", "launch_buttons": {}, "use_repository_button": False}
    if not ADDRESS.fullmatch(address):
        raise ValueError(
            f"repository in _config.yml: {address!r} is not https://github.com/owner/name"
        )
    return {
        "repository_url": address,
        "repository_branch": branch,
        "path_to_docs": "",
        "use_repository_button": True,
        "use_issues_button": True,
        "launch_buttons": {
            "binderhub_url": "https://mybinder.org",
            "notebook_interface": "jupyterlab",
        },
    }


def set_buttons(app, config):
    """Hand the address to the theme."""
    config.html_theme_options |= theme_options(config.repository, config.repository_branch)
