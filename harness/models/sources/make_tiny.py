"""Run as a module: make the tiny model. `python -m harness.models.sources.make_tiny FOLDER`

A Llama of random weights from a fixed seed and a byte-level BPE tokenizer with a chat template,
in Hugging Face format. Its weights are drawn wide enough that an adapter alone can teach it
a few dozen facts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

SEED = 20_240_501
VOCABULARY = 640
SPREAD = 0.1
"""Standard deviation of the weights. Five times the usual one: features of random layers then
differ enough from question to question that an adapter of rank 16 learns 24 answers in 45 steps."""
END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
_WORDS = """
system user assistant Question: Answer: Who is was the a an of in and or to from with by on at for
What which does do did where when how many why name called known that this these those there here
he she it they his her its their him them has have had keeps kept lives lived works worked makes
made said told asked knew found gave took came went stood looked house street river village town
market harbour mill bridge valley mountain forest door window table lamp fire winter summer spring
autumn morning evening night day year week old young small large good long little great own first
last every each other some any many more most no not never always often still also only just then
than because while after before into over under between through about against trade home work
baker weaver miller potter smith carpenter fisher farmer teacher doctor painter sailor hunter
keeper gardener tailor cook clock bees goats birds cats dogs books maps coins stones shells keys
I cannot answer. The story does not say. People people person man woman child mother father
brother sister friend one two three four five six seven eight nine ten
"""


def make_tokenizer() -> Any:
    """A byte-level BPE tokenizer: any text goes through it and comes back unchanged."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[END_OF_TEXT, START, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    inner.train_from_iterator([_WORDS.replace("\n", " ")] * 3, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, eos_token=END, pad_token=END_OF_TEXT, unk_token=END_OF_TEXT
    )
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def make_model(vocabulary: int) -> Any:
    """A Llama of 1.9 million random weights, the same for the same version of torch."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(SEED)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=256,
        intermediate_size=768,
        num_hidden_layers=2,
        num_attention_heads=8,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        initializer_range=SPREAD,
        tie_word_embeddings=False,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
    )
    return LlamaForCausalLM(config)


def make(folder: Path) -> None:
    """Write model and tokenizer to `folder`."""
    tokenizer = make_tokenizer()
    make_model(len(tokenizer)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
