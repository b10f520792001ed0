package io.stowage.system;

/** A program is not installed on this machine. */
public final class ToolMissing extends CommandFailed {
    private static final long serialVersionUID = 1;

    private final String tool;

    ToolMissing(String tool) {
        super("The program \"" + tool + "\" is not installed on this machine");
        this.tool = tool;
    }

    /** The name of the program as it was called. */
    public String tool() {
        return tool;
    }
}
