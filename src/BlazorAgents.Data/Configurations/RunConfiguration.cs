using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.Property(r => r.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.AgentId).HasMaxLength(64);
        builder.Property(r => r.ModelId).HasMaxLength(200);
        builder.Property(r => r.ProviderId).HasMaxLength(36);
        builder.Property(r => r.ClientType).HasMaxLength(20);
        builder.Property(r => r.Memory).HasConversion<string>().HasMaxLength(20).HasDefaultValue(ConversationMemory.Database);
        builder.Property(r => r.HostedTools).HasMaxLength(200).HasDefaultValue("");
        builder.Property(r => r.ToolChoice).HasDefaultValue("");
        builder.HasIndex(r => new { r.ConversationId, r.ClientRequestId }).IsUnique();
        builder.HasIndex(r => r.TurnId);
        builder.HasIndex(r => new { r.Status, r.LeaseUntil });

        // The database itself allows one active run in a conversation, whoever asks and from wherever.
        builder.HasIndex(r => r.ConversationId, "IX_Runs_OneActive").IsUnique()
            .HasFilter("\"Status\" IN ('Queued', 'Running', 'AwaitingApproval')");
        builder.HasOne<Turn>().WithMany().HasForeignKey(r => r.TurnId).OnDelete(DeleteBehavior.Cascade);
    }
}
