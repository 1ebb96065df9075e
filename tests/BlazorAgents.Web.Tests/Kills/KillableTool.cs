using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>A tool at whose edges the process can be killed.</summary>
internal sealed class KillableTool(AIFunction tool, KillSwitch? kill) : DelegatingAIFunction(tool)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        kill?.ToolBegins();
        var result = await base.InvokeCoreAsync(arguments, cancellationToken);
        kill?.ToolReturned();
        return result;
    }
}
