package io.stowage.server.api;

import io.stowage.web.Response;

/** Answers one kind of request. */
@FunctionalInterface
interface Action {
    Response answer(Call call) throws Exception;
}
