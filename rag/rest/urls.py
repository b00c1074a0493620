"""Corpora, documents and searches, below /api/v1/."""

from django.urls import path

from rag.rest.corpora import CorpusDetail, CorpusList, CorpusReader
from rag.rest.documents import DocumentDetail, DocumentList, DocumentRetry
from rag.rest.searching import CorpusSearch

CORPUS = "corpora/<str:slug>/"
DOCUMENT = f"{CORPUS}documents/<int:document>/"

urlpatterns = [
    path("corpora/", CorpusList.as_view(), name="api_corpora"),
    path(CORPUS, CorpusDetail.as_view(), name="api_corpus"),
    path(f"{CORPUS}readers/<str:username>/", CorpusReader.as_view(), name="api_corpus_reader"),
    path(f"{CORPUS}documents/", DocumentList.as_view(), name="api_documents"),
    path(DOCUMENT, DocumentDetail.as_view(), name="api_document"),
    path(f"{DOCUMENT}retry/", DocumentRetry.as_view(), name="api_retry_document"),
    path(f"{CORPUS}search/", CorpusSearch.as_view(), name="api_corpus_search"),
]
