using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>Registers the run engine.</summary>
public static class RunsServiceCollectionExtensions
{
    /// <summary>
    /// Registers conversations, runs and their engine. Also needed: the data (<c>AddData</c>), an <see cref="IModelConnections"/>, and
    /// at least one <see cref="AgentDefinition"/>.
    /// </summary>
    public static IServiceCollection AddRuns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RunsOptions>().Bind(configuration.GetSection("Runs")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ApprovalsOptions>().Bind(configuration.GetSection("Approvals")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<McpOptions>().Bind(configuration.GetSection(McpOptions.SectionName)).Configure(options => ReadTokens(options, configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<McpOptions>, McpOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AgentCatalog>();
        services.AddSingleton<ApprovalClock>();
        services.AddSingleton<ApprovalFeed>();
        services.AddSingleton<ApprovalPreviews>();
        services.AddSingleton<ApprovalService>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ConnectionRules>();
        services.AddSingleton<ConversationFeed>();
        services.AddSingleton<ConversationListCache>();
        services.AddSingleton<ConversationService>();
        services.AddSingleton<GateServices>();
        services.AddSingleton<HostedToolCatalog>();
        services.AddSingleton<HostedToolRules>();
        services.AddSingleton<LostAccess>();
        services.AddSingleton<RunCaller>();
        services.AddSingleton<RuleDryRun>();
        services.AddSingleton<RuleService>();
        services.AddSingleton<RunExecution>();
        services.AddSingleton<RunFeed>();
        services.AddSingleton<RunMemory>();
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunService>();
        services.AddSingleton<RunSettlement>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<ThreadReader>();
        services.AddSingleton<ToolGrants>();
        services.AddSingleton<ToolService>();
        services.AddSingleton<TitleMaker>();
        services.AddHostedService(provider => provider.GetRequiredService<ApprovalClock>());
        return services.AddHostedService<RunEngine>();
    }

    private static void ReadTokens(McpOptions options, IConfiguration configuration)
    {
        foreach (var server in options.Servers.Where(server => server.AuthorizationTokenVariable is { Length: > 0 }))
        {
            server.AuthorizationToken = configuration[server.AuthorizationTokenVariable!];
        }
    }
}
