"""Papermill's engine on forked kernels."""
