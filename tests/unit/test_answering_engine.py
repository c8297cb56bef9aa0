"""The engine gives what a model's own greedy generation gives, whoever shares the batch."""

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import (
    BloomConfig,
    BloomForCausalLM,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
)

from harness.answering.decoders import open_decoder
from harness.answering.decoding import CachedDecoder
from harness.answering.engine import Reply, Request, Stopping, common_prefix, generate
from harness.answering.llama import LlamaDecoder

PAD, END = 0, 3
VOCABULARY = 96


def _llama():
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=VOCABULARY,
            hidden_size=48,
            intermediate_size=64,
            num_hidden_layers=3,
            num_attention_heads=6,
            num_key_value_heads=2,
            initializer_range=0.4,
            pad_token_id=PAD,
        )
    )


def _gpt2():
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=VOCABULARY, n_embd=48, n_layer=3, n_head=4, initializer_range=0.4,
            n_positions=128, bos_token_id=1, eos_token_id=END, pad_token_id=PAD,
        )
    )  # fmt: skip


def _bloom():
    return BloomForCausalLM(
        BloomConfig(
            vocab_size=VOCABULARY, hidden_size=48, n_layer=3, n_head=4, initializer_range=0.4,
            bos_token_id=1, eos_token_id=END, pad_token_id=PAD,
        )
    )  # fmt: skip


def _gemma(window=8):
    return Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=VOCABULARY, hidden_size=48, intermediate_size=64, num_hidden_layers=3,
            num_attention_heads=4, num_key_value_heads=2, head_dim=12, sliding_window=window,
            layer_types=["sliding_attention", "full_attention", "sliding_attention"],
            initializer_range=0.4, pad_token_id=PAD,
        )
    )  # fmt: skip


def _tuned(**settings):
    """Llama with an adapter that changes what it says."""
    model = get_peft_model(
        _llama(), LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", **settings)
    )
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return model


FAMILIES = {"llama": _llama, "tuned": _tuned, "gpt2": _gpt2, "bloom": _bloom, "gemma": _gemma}


@pytest.fixture(params=sorted(FAMILIES), scope="module")
def model(request):
    return made(FAMILIES[request.param])


def made(build):
    torch.manual_seed(5)
    return build().eval()


def prompts(count=11, shared=6):
    generator = torch.Generator().manual_seed(1)
    head = torch.randint(4, VOCABULARY, (shared,), generator=generator).tolist()
    return [
        head + torch.randint(4, VOCABULARY, (2 + number % 5,), generator=generator).tolist()
        for number in range(count)
    ]


def words(ids):
    return " ".join(str(each) for each in ids if each != END)


def answers(model, rows, size=None, decoder=None, **stopping) -> list[Reply]:
    limits = Stopping(**({"max_new_tokens": 12, "stop_ids": (END,)} | stopping))
    decoder = decoder or open_decoder(model, PAD)
    requests = [Request(ids=tuple(row)) for row in rows]
    size = size or len(requests)
    return [
        reply
        for start in range(0, len(requests), size)
        for reply in generate(decoder, requests[start : start + size], limits, words)
    ]


def one_by_one(model, row, new=12):
    """What `generate` of transformers makes of one prompt."""
    made = model.generate(
        input_ids=torch.tensor([row]),
        max_new_tokens=new,
        do_sample=False,
        eos_token_id=END,
        pad_token_id=PAD,
    )
    return tuple(made[0, len(row) :].tolist())


def test_replies_are_those_of_greedy_generation_one_by_one(model):
    rows = prompts()
    expected = [one_by_one(model, row) for row in rows]
    assert [reply.ids for reply in answers(model, rows)] == expected
    assert len(set(expected)) > 3  # the model does not say the same to everyone


@pytest.mark.parametrize("build", [_llama, _tuned])
def test_the_fast_decoder_says_what_the_generic_one_says(build):
    model = made(build)
    fast, generic = open_decoder(model, PAD), CachedDecoder(model, PAD)
    assert isinstance(fast, LlamaDecoder)
    for rows in (prompts(), prompts(shared=0), prompts(1)):
        for one, other in zip(
            answers(model, rows, decoder=fast), answers(model, rows, decoder=generic), strict=True
        ):
            assert one.ids == other.ids
            assert one.logprob_sum == pytest.approx(other.logprob_sum, abs=1e-3)


def test_the_adapter_is_heard():
    plain, tuned = made(_llama), made(_tuned)
    with tuned.disable_adapter():
        silent = [reply.ids for reply in answers(tuned, prompts())]
    assert silent == [reply.ids for reply in answers(plain, prompts())]
    assert silent != [reply.ids for reply in answers(tuned, prompts())]


@pytest.mark.parametrize("settings", [{"use_dora": True}, {"lora_bias": True}])
def test_an_adapter_that_is_more_than_two_products_is_left_to_the_generic_decoder(settings):
    model = made(lambda: _tuned(**settings))
    assert isinstance(open_decoder(model, PAD), CachedDecoder)
    rows = prompts(4)
    assert [reply.ids for reply in answers(model, rows)] == [one_by_one(model, row) for row in rows]


def test_answering_leaves_the_weights_as_they_were():
    model = made(_tuned)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    answers(model, prompts())
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())


@pytest.mark.parametrize("size", [1, 2, 4, 7])
def test_float32_replies_do_not_depend_on_the_batch_size(model, size):
    rows = prompts()
    assert [reply.ids for reply in answers(model, rows, size)] == [
        reply.ids for reply in answers(model, rows)
    ]


def test_prompts_without_a_common_prefix_are_padded_on_the_left_and_masked(model):
    rows = prompts(shared=0)
    assert common_prefix(rows) == 0
    assert [reply.ids for reply in answers(model, rows)] == [one_by_one(model, row) for row in rows]


def test_the_log_probability_is_the_teacher_forced_one(model):
    for row, reply in zip(prompts(5), answers(model, prompts(5)), strict=True):
        whole = torch.tensor([[*row, *reply.ids]])
        with torch.no_grad():
            logprobs = model(whole).logits[0, :-1].log_softmax(-1)
        chosen = logprobs.gather(-1, whole[0, 1:, None]).squeeze(-1)[len(row) - 1 :]
        assert reply.logprob_sum == pytest.approx(chosen.sum().item(), abs=1e-3)


def test_a_reply_ends_with_the_stop_id_and_counts_it():
    model = made(_llama)
    rows = prompts()
    free = answers(model, rows, stop_ids=())
    stop = free[0].ids[3]
    replies = answers(model, rows, stop_ids=(stop,))
    assert {reply.stop for reply in free} == {"length"}
    assert all(len(reply.ids) == 12 for reply in free)
    for long, short in zip(free, replies, strict=True):
        cut = long.ids.index(stop) + 1 if stop in long.ids else 12
        assert short.ids == long.ids[:cut]
        assert short.stop == ("end" if stop in long.ids else "length")


def test_a_stop_string_is_cut_off_the_text_and_named_as_the_reason():
    model = made(_llama)
    free = answers(model, prompts(), stop_ids=())
    needle = f" {free[0].ids[4]} "
    reply = answers(model, prompts(), stop_ids=(), stop_strings=(needle,))[0]
    assert reply.stop == "stop_string"
    assert reply.text == words(free[0].ids).partition(needle)[0]
    assert len(reply.ids) <= 7


class Counting(CachedDecoder):
    """Notes how many rows each step had."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.rows = []

    def step(self, tokens):
        self.rows.append(len(tokens))
        return super().step(tokens)


def test_finished_rows_leave_the_batch():
    model = made(_llama)
    rows = prompts(16)
    free = answers(model, rows, stop_ids=())
    stops = tuple({reply.ids[1] for reply in free[:9]})
    decoder = Counting(model, PAD)
    limits = Stopping(max_new_tokens=12, stop_ids=stops)
    replies = generate(decoder, [Request(ids=tuple(row)) for row in rows], limits, words)
    cut = [next((i for i, each in enumerate(r.ids) if each in stops), 11) + 1 for r in free]
    expected = [reply.ids[:length] for reply, length in zip(free, cut, strict=True)]
    assert [reply.ids for reply in replies] == expected
    assert [reply.ids for reply in answers(model, rows, stop_ids=stops)] == expected
    assert decoder.rows[0] > decoder.rows[1] >= decoder.rows[-1]
    assert decoder.rows == sorted(decoder.rows, reverse=True)


def test_equal_logits_give_the_lowest_id():
    class Flat:
        def start(self, prompts, prefix, room):
            return torch.tensor([[0.0, 1.0, 1.0, 0.5]]).repeat(len(prompts), 1)

        def step(self, tokens):
            return torch.tensor([[2.0, 2.0, 2.0, 2.0]]).expand(len(tokens), -1)

        def keep(self, rows):
            raise AssertionError

    limits = Stopping(max_new_tokens=2, stop_ids=())
    reply = generate(Flat(), [Request(ids=(1, 2))], limits, words)[0]
    assert reply.ids == (1, 0)


def test_a_draw_depends_on_its_seed_and_on_nobody_in_the_batch():
    model = made(_llama)
    rows = prompts(6)
    limits = Stopping(max_new_tokens=8, stop_ids=())
    decoder = open_decoder(model, PAD)

    def drawn(seed, chosen):
        requests = [Request(ids=tuple(row), temperature=1.5, seed=seed) for row in chosen]
        return [reply.ids for reply in generate(decoder, requests, limits, words)]

    together = drawn(11, rows)
    assert [drawn(11, [row])[0] for row in rows] == together
    assert drawn(12, rows) != together
    assert [reply.ids for reply in answers(model, rows, max_new_tokens=8, stop_ids=())] != together


def test_the_common_prefix_leaves_an_id_to_read():
    assert common_prefix([[5, 6, 7], [5, 6, 7]]) == 2
    assert common_prefix([[5, 6, 7], [5, 9]]) == 1
    assert common_prefix([[5], [5, 9]]) == 0
    assert common_prefix([]) == 0
