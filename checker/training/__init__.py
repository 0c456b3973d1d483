"""How the bundled models are made: each program is run with ``python -m checker.training.NAME``.

``backbone`` unpacks multilingual-e5-small and keeps the scripts that checker covers, ``encoder`` and ``judge`` tune
it with sentence-transformers' trainers, ``export`` turns both into the ONNX files under ``checker/models/``, and
``scorer`` fits the ranking that combines them. Needs ``pip install "checker[train]"``.
"""
