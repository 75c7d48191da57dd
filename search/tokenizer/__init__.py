"""How is Chinese text cut into words? One chain for every engine, index and query.

clean → width (NFKC) → case → traditional to simplified → numbers in digits → jieba in search mode → stop words marked.
"""

from search.tokenizer.chain import Chain, Token

__all__ = ["Chain", "Token"]
