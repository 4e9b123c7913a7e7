"""Recognizes words: an English word list, with terms of the field that it lacks.

The list takes 0.2 s to load, so it is loaded at the first slip or in the background.
"""

from __future__ import annotations

from functools import cache

_TERMS = frozenset(["anycast", "apriori", "autoencoder", "autoencoders", "autoregressive", "autoscaler", "autoscaling", "backend", "backoff", "bassline", "backpressure", "backpropagation", "batchnorm", "bigram", "bigrams", "binning", "canarying", "centroid", "centroids", "chargeback", "chargebacks", "chunking", "clickstream", "cloze", "codebook", "codebooks", "colocation", "counterfactually", "cron", "crossfit", "dataflow", "datasets", "deduplicate", "deduplication", "denoise", "denoising", "denormalize", "dequeue", "detokenize", "distractor", "embeddings", "encodings", "enqueue", "ensembling", "failover", "featurize", "featurizing", "finetune", "finetuning", "gossiping", "hashmap", "hyperparameter", "hyperparameters", "idempotence", "idempotency", "idempotent", "imputation", "imputed", "imputing", "inlier", "inliers", "interpretability", "intersectional", "invertibility", "kernelized", "kubernetes", "labeler", "labelers", "lasso", "linearizability", "linearizable", "logit", "logits", "loopback", "memoize", "memoization", "memtable", "microbatch", "microservice", "microservices", "minibatch", "minibatches", "misspecification", "modulo", "multiclass", "multicast", "multilabel", "multimodal", "multitask", "mutex", "mutexes", "normalizer", "outliner", "overfit", "overfits", "overfitted", "overfitting", "oversample", "oversampling", "parallelize", "perceptron", "performativity", "pipelining", "posteriors", "preemptible", "prefetch", "prefetching", "preprocess", "preprocessing", "pretrend", "pretrends", "probit", "propensities", "pruner", "quantile", "quantiles", "quantize", "quantized", "quantization", "quantizer", "quartile", "quartiles", "quintile", "quintiles", "queueing", "ranker", "rankers", "rebalancing", "recommender", "recommenders", "regressor", "regressors", "regularizer", "reindex", "reindexing", "reranker", "reranking", "resample", "resampled", "resampling", "reshard", "resharding", "retrain", "retrained", "retraining", "reweight", "reweighted", "reweighting", "scaler", "scalers", "serializable", "sharded", "sharder", "sharding", "shards", "sigmoid", "singleflight", "softmax", "sparsity", "stateful", "stateless", "stemmer", "stemming", "stopword", "stopwords", "subgraph", "subgraphs", "subsample", "subsampling", "swapout", "testing", "texted", "texting", "thresholding", "throttler", "throughput", "timestamp", "timestamps", "tokenization", "tokenize", "tokenizer", "tokenizers", "tombstoning", "trigram", "trigrams", "unbinned", "undersample", "undersampling", "unigram", "unigrams", "unpooling", "unreplicated", "unsharded", "upsample", "upsampling", "upsert", "upserts", "versioned", "versioning", "warmup", "webhook", "webhooks", "winsorize"])  # fmt: skip

_NUMBERS = frozenset(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "quarter", "once", "twice", "thrice", "single", "double", "triple", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth", "hundredth", "thousandth", "millionth", "billionth"])  # fmt: skip

_SPELLINGS = {
    "adviser": "advisor",
    "analogue": "analog",
    "artefact": "artifact",
    "catalogue": "catalog",
    "centre": "center",
    "convertor": "converter",
    "dialogue": "dialog",
    "fulfil": "fulfill",
    "judgement": "judgment",
    "programme": "program",
}
_VOWELS = frozenset("aeiou")
_SHORTEST_SINGULAR = 3
_SHORTEST_STEM = 5
"""Letters of a stem that can have a prefix, or whose l is doubled in British spelling: `label`."""
_BEGINNINGS = ("re", "un", "pre", "non", "over", "under", "sub", "multi")
_L_ENDINGS = ("ed", "ing", "er", "ers")


def load_words() -> None:
    """Load the word list, so that the first slip does not wait for it."""
    _listed()


def is_word(word: str) -> bool:
    """Return whether folded letters are a listed word or an inflected form of one."""
    listed = _listed()
    if word in listed:
        return True
    return not _is_misspelled_form(word) and any(
        stem in listed for stem in _stems(word)
    )


def listed_words() -> frozenset[str]:
    """Return all words of the list, without derived forms."""
    return _listed()


def is_number_word(word: str) -> bool:
    """Return whether a folded word is a number, such as `three` or `third`."""
    return word in _NUMBERS


def are_plural_and_singular(first: str, second: str) -> bool:
    """Return whether one of two folded words is the plural of the other."""
    return _is_plural(first, second) or _is_plural(second, first)


def are_same_in_american(first: str, second: str) -> bool:
    """Return whether two folded words are the same in American spelling."""
    return _to_american(first) == _to_american(second)


@cache
def _listed() -> frozenset[str]:
    from spellchecker import SpellChecker

    english = SpellChecker(language="en", distance=1)
    return _TERMS | _NUMBERS | frozenset(english.word_frequency.dictionary)


def _is_misspelled_form(word: str) -> bool:
    """Return whether the form with the other number of consonants, single or double, is listed."""
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if len(stem) == len(word) or len(stem) < _SHORTEST_SINGULAR:
            continue
        is_doubled = stem[-1] == stem[-2]
        other = stem[:-1] if is_doubled else stem + stem[-1]
        if other + ending in _listed():
            return True
    return False


def _stems(word: str) -> list[str]:
    """Return the words of which a word can be an inflected form."""
    stems = [
        stem
        for beginning in _BEGINNINGS
        if len(stem := word.removeprefix(beginning)) < len(word)
        and len(stem) >= _SHORTEST_STEM
    ]
    if word.endswith("s") and not word.endswith("ss"):
        stems += [word[:-1]]
        if word.endswith("ies"):
            stems += [f"{word[:-3]}y"]
        elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
            stems += [word[:-2]]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_SINGULAR or stem.endswith("i"):
            continue
        stems.append(f"{stem}e")
        if stem[-1] == stem[-2]:
            stems += [stem, stem[:-1]]
        elif not _doubles_its_end(stem):
            stems.append(stem)
    return stems


def _doubles_its_end(stem: str) -> bool:
    """Return whether the last letter is doubled before -ed: of `map`, but not of `label` or `train`."""
    vowels = [sign in _VOWELS for sign in stem]
    return vowels[-3:] == [False, True, False] and sum(vowels) == 1


def _is_plural(plural: str, singular: str) -> bool:
    if len(singular) < _SHORTEST_SINGULAR:
        return False
    if singular.endswith("sis") and plural == f"{singular[:-2]}es":
        return True
    if singular.endswith(("ix", "ex")) and plural == f"{singular[:-2]}ices":
        return True
    if singular.endswith(("s", "x", "z", "ch", "sh")):
        return plural == f"{singular}es"
    if singular.endswith("y") and singular[-2] not in _VOWELS:
        return plural == f"{singular[:-1]}ies"
    return plural == f"{singular}s"


def _to_american(word: str) -> str:
    for british, american in _SPELLINGS.items():
        if word.startswith(british) and not word.startswith(american):
            word = american + word.removeprefix(british)
    for ending in _L_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and stem.endswith("ll") and len(stem) > _SHORTEST_STEM:
            word = stem[:-1] + ending
    if len(word) > _SHORTEST_STEM:
        for british, american in (("our", "or"), ("is", "iz"), ("ys", "yz")):
            head, tail = word[:3], word[3:]
            word = head + tail.replace(british, american)
    return word
