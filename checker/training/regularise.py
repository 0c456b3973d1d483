"""What keeps a pass over few pairs from learning them by heart: R-Drop, and an average of the weights on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers.cross_encoder.losses import CrossEntropyLoss
from torch import Tensor, nn
from torch.nn.functional import kl_div
from transformers import TrainerCallback

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

WARM = 10  # steps after which the average leaves the start behind


class RDropLoss(CrossEntropyLoss):
    """Mean cross-entropy of two passes through dropout, and ``alpha`` times the divergence of what they say.

    Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks"; with ``alpha`` 0 two passes of cross-entropy.
    """

    def __init__(self, model: CrossEncoder, alpha: float, label_smoothing: float) -> None:
        super().__init__(model, label_smoothing=label_smoothing)
        self.alpha = alpha

    def forward(self, inputs: list[list[str]], labels: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        """The loss of a batch of premises and hypotheses (``inputs``) and their labels ``[n]``."""
        said: list[Tensor] = []
        hook = self.model.register_forward_hook(lambda module, tokens, out: said.append(out["scores"]))
        try:
            losses = [super(RDropLoss, self).forward(inputs, labels, *args, **kwargs) for _ in range(2)]
        finally:
            hook.remove()
        return sum(losses) / 2 + self.alpha * divergence(*said)


def divergence(first: Tensor, second: Tensor) -> Tensor:
    """Half the sum of the Kullback-Leibler divergences either way, of two lists of logits ``[n, labels]``."""
    p, q = first.float().log_softmax(-1), second.float().log_softmax(-1)
    ways = [kl_div(a, b, log_target=True, reduction="batchmean") for a, b in ((p, q), (q, p))]
    return torch.stack(ways).sum() / 2


class Average(TrainerCallback):
    """Keeps an exponential moving average of the trained weights, and puts it in their place at the end."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.trained = [p for p in model.parameters() if p.requires_grad]
        self.decay = decay
        self.on_train_begin()

    def on_train_begin(self, *args: Any, **kwargs: Any) -> None:
        """The average begins at the weights as they are: those of the checkpoint where a training goes on from one."""
        self.mean = [p.detach().clone() for p in self.trained]
        self.steps = 0

    def on_step_end(self, *args: Any, **kwargs: Any) -> None:
        """A step nearer to the weights as they are; the first steps count for more."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (WARM + self.steps))
        for mean, now in zip(self.mean, self.trained, strict=True):
            mean.lerp_(now.detach(), 1 - decay)

    def on_train_end(self, *args: Any, **kwargs: Any) -> None:
        """The average becomes the model."""
        for mean, now in zip(self.mean, self.trained, strict=True):
            now.data.copy_(mean)
