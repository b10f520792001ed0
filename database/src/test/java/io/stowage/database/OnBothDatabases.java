package io.stowage.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@code @TestTemplate} on an empty SQLite and on an empty PostgreSQL database, given as its parameter. */
final class OnBothDatabases implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(new On("SQLite"), new On("PostgreSQL"));
    }

    /** An empty database: its URL, and connections to it that are closed after the test. */
    static final class Fresh implements AutoCloseable {
        private final String url;
        private final java.util.Deque<Database> open = new java.util.ArrayDeque<>();

        Fresh(String url) {
            this.url = url;
        }

        String url() {
            return url;
        }

        Database open() {
            Database database = Database.open(url);
            open.push(database);
            return database;
        }

        @Override
        public void close() {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    private record On(String kind) implements TestTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int index) {
            return kind;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fresh.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(ExtensionContext.Namespace.create(On.class, context.getUniqueId()))
                    .computeIfAbsent(Fresh.class, key -> new Fresh(url(context)), Fresh.class);
        }

        private String url(ExtensionContext context) {
            return kind.equals("SQLite")
                    ? "sqlite:"
                            + context.getStore(ExtensionContext.Namespace.create(On.class, context.getUniqueId()))
                                    .computeIfAbsent(Folder.class, key -> Folder.make(), Folder.class)
                                    .path
                                    .resolve("stowage.db")
                    : SharedPostgres.of(context).newDatabase();
        }
    }

    private record Folder(Path path) implements AutoCloseable {
        static Folder make() {
            try {
                return new Folder(Files.createTempDirectory("stowage-database"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(path);
        }
    }
}
