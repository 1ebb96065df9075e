using System.Reflection;
using BlazorAgents.Runs.Tests.Approvals;
using BlazorAgents.Runs.Tests.Conversations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Runs.Tests;

/// <summary>What the library registers and others can call: it is in a table of who may what, or says here why no person acts.</summary>
[Trait("Id", "SEC-13")]
public sealed class PublicServicesTests
{
    private static readonly Dictionary<string, string> s_withoutPerson = new(StringComparer.Ordinal)
    {
        ["AgentCatalog.Choose"] = "the agents are code, the same for everybody",
        ["AgentCatalog.Find"] = "the agents are code, the same for everybody",
        ["AgentCatalog.FindTool"] = "the agents are code, the same for everybody",
        ["AgentCatalog.RunLevelToolsOf"] = "the agents are code; who may have a tool is decided by ToolGrants",
        ["AgentCatalog.ToolsOf"] = "the agents are code; who may have a tool is decided by ToolGrants",
        ["ApprovalFeed.Subscribe"] = "tells ids and states only; what they are is asked for with an actor",
        ["ApprovalPreviews.ComputeAsync"] = "of a request that ApprovalService gave to an actor, as its requester",
        ["ApprovalPreviews.ComputeChangedAsync"] = "of a request that ApprovalService gave to an actor, as its requester",
        ["ApprovalPreviews.TellsBefore"] = "the tools are code, the same for everybody",
        ["ConnectionRules.CheckAsync"] = "checks a choice against the settings; touches nothing of anybody's",
        ["HostedToolCatalog.Create"] = "the tools are settings, the same for everybody",
        ["LostAccess.EndAsync"] = "in the transaction that takes the access away; whoever calls it has checked",
        ["LostAccess.WithdrawAsync"] = "in the transaction that takes the access away; whoever calls it has checked",
    };

    [Fact]
    public void Sec13_EveryPublicService_IsInATableOrSaysWhyNoPersonActs()
    {
        var found = PublicMethods().Order(StringComparer.Ordinal).Distinct();

        Assert.Equal(string.Join('\n', s_withoutPerson.Keys.Order(StringComparer.Ordinal)), string.Join('\n', found));
    }

    [Fact]
    public void Sec13_EveryServiceOfATable_IsRegistered() =>
        Assert.Empty(ServiceAccessTests.Services.Concat(AccessTests.Services).Except(Registered()));

    // Without what a base class of the framework asks for: a hosted service is started and stopped by its host.
    private static IEnumerable<string> PublicMethods() => Registered()
        .Except(ServiceAccessTests.Services).Except(AccessTests.Services)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType!.Assembly == type.Assembly)
            .Select(method => $"{type.Name}.{method.Name}"));

    private static IEnumerable<Type> Registered()
    {
        var library = typeof(RunsServiceCollectionExtensions).Assembly;
        return new ServiceCollection().AddRuns(new ConfigurationBuilder().Build())
            .SelectMany(service => new[] { service.ServiceType, service.ImplementationType, service.ImplementationInstance?.GetType() })
            .OfType<Type>().Where(type => type.Assembly == library && type.IsPublic).Distinct();
    }
}
