using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Approvals.Console;

/// <summary>Requests for approval at a real server, without the conversation that leads to them.</summary>
internal static class RequestDesk
{
    public const string Approver = "cat@example.org";
    public const string Requester = "ann@example.org";

    /// <summary>A server with an administrator, an approver and a user.</summary>
    public static async Task<AccountHost> StartAsync()
    {
        var host = await AccountHost.StartWithAdminAsync();
        await host.AddAsync(Approver, Roles.Approver);
        await host.AddAsync(Requester, Roles.User);
        return host;
    }

    /// <summary>A pending request of the user's, in a conversation of its own.</summary>
    public static async Task<Guid> AskAsync(this AccountHost host, Func<ApprovalRequestDraft, ApprovalRequestDraft>? change = null)
    {
        var (database, approvals) = (host.Services.GetRequiredService<Database>(), host.Services.GetRequiredService<ApprovalService>());
        var (conversation, turn, run) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        return await database.WriteAsync(async context =>
        {
            var ann = await context.Users.SingleAsync(user => user.Email == Requester);
            context.Conversations.Add(new Conversation { Id = conversation, UserId = ann.Id, Title = "Order", AgentId = "first" });
            context.Turns.Add(new Turn { Id = turn, ConversationId = conversation, Text = "Please order" });
            context.Runs.Add(new Run { Id = run, ConversationId = conversation, TurnId = turn, ClientRequestId = Guid.NewGuid(), AgentId = "first", Status = RunStatus.AwaitingApproval });
            var draft = new ApprovalRequestDraft
            {
                ConversationId = conversation,
                RunId = run,
                CallId = "1",
                AgentId = "first",
                AgentName = "Agent first",
                AgentVersion = "abc",
                ToolName = "create_order",
                ToolSchema = """{"type":"object","properties":{"quantity":{"type":"integer"}}}""",
                Risk = ToolRisk.Money,
                RequesterId = ann.Id,
                RequesterName = "ann",
                Arguments = """{"quantity":2}""",
                Sentence = "Order 2 x Laptop",
                UserMessage = "Please order",
                AskedBecause = "It costs money",
                Decider = ApprovalDecider.Approver,
            };
            return (await approvals.OpenAsync(context, [change?.Invoke(draft) ?? draft], new ApprovalChanges()))[0].Id;
        });
    }

    /// <summary>The request as it is stored.</summary>
    public static Task<Approval> StoredAsync(this AccountHost host, Guid id) =>
        host.Services.GetRequiredService<Database>().ReadAsync(context => context.Approvals.SingleAsync(approval => approval.Id == id));
}
